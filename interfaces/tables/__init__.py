"""Tables that offices send: CSV and XLSX files read into values, with every mistake named."""
