"""What the host adds to every answer: security headers, compressed files, logs."""
