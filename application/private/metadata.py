"""What the tables of the private store are gathered in."""

from sqlalchemy import MetaData

metadata = MetaData()
