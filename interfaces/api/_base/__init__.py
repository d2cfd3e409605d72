"""What all operations of the API share: callers, versions, problems, paging, the document. No business concept."""
