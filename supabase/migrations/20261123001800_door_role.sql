-- Whoever only scans tickets: less than a viewer. In a file of its own, because a new value can not be used where it was added.
alter type app.org_role add value if not exists 'door' before 'viewer';
