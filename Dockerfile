# The portal's one image: web, worker, scheduler and migrations differ only by their command.
FROM python:3.11-slim-bookworm AS build
WORKDIR /portal
COPY requirements.txt requirements-node.txt ./
RUN python -m venv /portal/.venv \
 && .venv/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements.txt \
 && python -m venv /node \
 && /node/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements-node.txt
COPY package.json package-lock.json .npmrc ./
RUN PATH="/node/bin:$PATH" npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY . .
RUN .venv/bin/python scripts/assets.py \
 && EMBEDDED=true DATABASE_URL=sqlite://:memory: SECRET_KEY="$(head -c 40 /dev/urandom | od -An -tx1 | tr -d ' \n')" \
    .venv/bin/python manage.py collectstatic --no-input \
 && rm -rf node_modules tests

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
 && install -d -o 10001 -g 10001 -m 0750 /data
WORKDIR /portal
COPY --from=build /portal /portal
ENV PATH=/portal/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 \
    HOME=/tmp DATA_DIR=/data
USER 10001:10001
CMD ["python", "-m", "gunicorn", "--config", "deploy/gunicorn.py", "config.wsgi"]
