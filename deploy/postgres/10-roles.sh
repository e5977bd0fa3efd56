#!/bin/sh
# Three roles (JR-02): the owner migrates, the app appends to the journal, the verifier only reads.
set -eu
psql --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
  --set=owner="$DB_OWNER_PASSWORD" --set=app="$DB_APP_PASSWORD" --set=verifier="$DB_VERIFIER_PASSWORD" <<'SQL'
CREATE ROLE portal_owner LOGIN PASSWORD :'owner';
CREATE ROLE portal_app LOGIN PASSWORD :'app';
CREATE ROLE portal_verifier LOGIN PASSWORD :'verifier';
CREATE DATABASE portal OWNER portal_owner;
REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO portal_app, portal_verifier;
SQL
