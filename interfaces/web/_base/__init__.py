"""What all pages share: layout, forms, sign-in, language, errors. No business concept lives here."""
