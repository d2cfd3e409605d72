"""The matrix of congress × ask × year for the upper level."""
