"""What a number is worth: in digits (`digits`) and in Vietnamese words (`words`). Knows nothing else."""
