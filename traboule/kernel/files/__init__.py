"""Files that people send, made safe: pictures, videos, voices, papers; resumable uploads."""
