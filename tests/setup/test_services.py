import os

import psycopg2
import pytest
import redis

from tests.servers import Postgres, ServerFailed, program


@pytest.mark.postgres
def test_redis_answers_only_with_its_password():
    assert redis.Redis.from_url(os.environ["REDIS_URL"]).ping()

    bare = os.environ["REDIS_URL"].split("@")[1]
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(f"redis://{bare}").ping()


def test_a_server_keeps_its_rows_over_a_stop_and_leaves_nothing_when_removed():
    server = Postgres()
    server.start()
    with psycopg2.connect(server.url) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 'đã lưu' AS word")
    connection.close()

    server.stop()
    assert not server.ping()
    server.start()
    with psycopg2.connect(server.url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT word FROM kept")
        assert cursor.fetchone() == ("đã lưu",)
    connection.close()

    server.remove()
    assert not server.folder.exists()


def test_a_missing_program_names_its_package():
    with pytest.raises(ServerFailed, match="apt-get install redis-server"):
        program("no-such-server", "redis-server")
