"""The same answers for programs: HTTP, MCP, several processes behind them, and who may ask how much."""
