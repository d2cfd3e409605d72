"""The proposals that the office shows, and residents who stand behind them."""
