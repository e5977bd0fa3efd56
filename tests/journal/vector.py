"""The test vector of security/requirements.md §3, copied from there."""

import json

# ruff: noqa: E501
BODIES = [
    '{"action":"proposal.submit","actor":"00000000-0000-4000-8000-0000000000aa","at":"2026-01-05T01:02:03.000004Z","data":{"content_sha256":"abababababababababababababababababababababababababababababababab","version":1},"from":"draft","prev":"0000000000000000000000000000000000000000000000000000000000000000","role":"proposer","seq":1,"stream":"proposal:00000000-0000-4000-8000-000000000001","to":"submitted","v":1}',
    '{"action":"proposal.approve_pilot","actor":"00000000-0000-4000-8000-0000000000bb","at":"2026-01-05T08:00:00.000000Z","data":{"decision_no":"Số 01/QĐ-SNV"},"from":"collective_review","prev":"a55cdf369917eb29a4a6666bbad3ab99fc9867974dd33025515b24be29a53354","role":"agency_head","seq":2,"stream":"proposal:00000000-0000-4000-8000-000000000001","to":"approved_pilot","v":1}',
    '{"action":"attachment.add","actor":"00000000-0000-4000-8000-0000000000aa","at":"2026-01-06T02:30:00.500000Z","data":{"public":false,"sha256":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd","size":1048576},"from":null,"prev":"9088da57e8de3ce49fcdddf0ca4b85c3a6ee536a26c4ae16d62b2c02c75c14e3","role":"proposer","seq":3,"stream":"proposal:00000000-0000-4000-8000-000000000001","to":null,"v":1}',
]
FACTS = [json.loads(body) for body in BODIES]
HASHES = [
    "a55cdf369917eb29a4a6666bbad3ab99fc9867974dd33025515b24be29a53354",
    "9088da57e8de3ce49fcdddf0ca4b85c3a6ee536a26c4ae16d62b2c02c75c14e3",
    "3261b69cd879ff27cc16eb8ebf208c70754fed4ddaefe65aa7b79b59f1709246",
]
ROOT = "1b62a05ff91f02845f11a585c9bc01c3240b7d1dfc836802a93c66f9da242be1"
ANCHOR = json.loads(
    '{"at":"2026-01-06T17:05:00.000000Z","date":"2026-01-06","prev":"0000000000000000000000000000000000000000000000000000000000000000","root":"1b62a05ff91f02845f11a585c9bc01c3240b7d1dfc836802a93c66f9da242be1","size":3,"v":1}'
)
ANCHOR_HASH = "4d9186e44f2375666ebcbf844c0de8c849a672510b52710b3f8ae28dea33a59e"
