"""What a question asks: its terms and names, its dates, what it leaves out."""
