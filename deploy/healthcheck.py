"""Whether the web process answers and reaches the database; exits 1 when not.

Late jobs and letters are for people: a web process that reports them is at work. Standard library
only.
"""

import http.client
import json
import os
import sys

PORT = int(os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2])
HEADERS = {
    "Host": os.environ.get("ALLOWED_HOSTS", "localhost").partition(",")[0],
    "X-Forwarded-Proto": "https",
}


def main() -> int:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=8)
    try:
        connection.request("GET", "/suc-khoe/", headers=HEADERS)
        return 0 if json.load(connection.getresponse())["database"] == "up" else 1
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
