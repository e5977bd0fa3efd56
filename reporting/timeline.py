"""The words of this app's entries in the journal."""

LABELS = {  # verb, icon
    "verification.run": ("kiểm tra nhật ký", "shield-check"),
}
