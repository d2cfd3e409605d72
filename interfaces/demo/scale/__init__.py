"""A made-up city in its full size: ten years of sixty congresses, written in bulk as an import writes them."""
