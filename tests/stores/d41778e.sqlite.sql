CREATE TABLE accounts (
	name TEXT NOT NULL, 
	password_hash TEXT NOT NULL, 
	editor BOOLEAN NOT NULL, 
	publisher BOOLEAN NOT NULL, 
	disabled BOOLEAN DEFAULT '0' NOT NULL, 
	epoch INTEGER DEFAULT '1' NOT NULL, 
	last_sign_in_at TEXT DEFAULT '' NOT NULL, 
	created_at TEXT NOT NULL, 
	PRIMARY KEY (name)
);

CREATE TABLE drafts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	owner TEXT NOT NULL, 
	title TEXT NOT NULL, 
	contents TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	based_on TEXT NOT NULL, 
	state TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL
);

CREATE TABLE files (
	sha256 TEXT NOT NULL, 
	name TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	content BLOB, 
	kept_at TEXT NOT NULL, 
	purged_at TEXT DEFAULT '' NOT NULL, 
	purged_by TEXT DEFAULT '' NOT NULL, 
	purge_reason TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (sha256)
);

CREATE TABLE history (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at TEXT NOT NULL, 
	who TEXT NOT NULL, 
	what TEXT NOT NULL, 
	release INTEGER, 
	sha256 TEXT DEFAULT '' NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	detail TEXT DEFAULT '' NOT NULL
);

CREATE INDEX history_release ON history (release);

CREATE TABLE migrations (
	number INTEGER NOT NULL, 
	applied_at TEXT NOT NULL, 
	PRIMARY KEY (number)
);

CREATE TABLE releases (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	published TEXT NOT NULL, 
	title TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	sha256 TEXT DEFAULT '' NOT NULL, 
	visible_from TEXT DEFAULT '' NOT NULL, 
	withdrawn BOOLEAN DEFAULT '0' NOT NULL, 
	seed TEXT DEFAULT '' NOT NULL, 
	actor TEXT NOT NULL, 
	recorded_at TEXT NOT NULL
);

CREATE TABLE seeds (
	"key" TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	loaded_at TEXT NOT NULL, 
	PRIMARY KEY ("key")
);

CREATE TABLE sign_ins (
	"key" TEXT NOT NULL, 
	failures INTEGER NOT NULL, 
	last_at FLOAT NOT NULL, 
	PRIMARY KEY ("key")
);

CREATE INDEX ix_sign_ins_last_at ON sign_ins (last_at);

CREATE TABLE state (
	id INTEGER NOT NULL, 
	store_id TEXT NOT NULL, 
	counter INTEGER NOT NULL, 
	seed_digest TEXT DEFAULT '' NOT NULL, 
	secret TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id)
);

CREATE TABLE declarations (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	body TEXT NOT NULL, 
	release INTEGER, 
	hidden BOOLEAN DEFAULT '0' NOT NULL, 
	actor TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(release) REFERENCES releases (number)
);

CREATE TABLE draft_files (
	draft INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (draft, sha256), 
	FOREIGN KEY(draft) REFERENCES drafts (id), 
	FOREIGN KEY(sha256) REFERENCES files (sha256)
);

CREATE TABLE observations (
	id INTEGER NOT NULL, 
	release INTEGER NOT NULL, 
	authority TEXT NOT NULL, 
	measure TEXT NOT NULL, 
	cohort TEXT NOT NULL, 
	span TEXT NOT NULL, 
	period_start TEXT NOT NULL, 
	period_end TEXT NOT NULL, 
	value TEXT, 
	unit TEXT, 
	status TEXT NOT NULL, 
	sample_size INTEGER, 
	note TEXT NOT NULL, 
	published TEXT NOT NULL, 
	source TEXT NOT NULL, 
	"table" TEXT NOT NULL, 
	locator TEXT NOT NULL, 
	raw TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT one_figure_a_table_and_release UNIQUE (release, authority, measure, cohort, span, period_start, period_end, "table"), 
	FOREIGN KEY(release) REFERENCES releases (number)
);

CREATE INDEX observations_release ON observations (release);

CREATE TABLE remarks (
	id INTEGER NOT NULL, 
	release INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(release) REFERENCES releases (number)
);

CREATE INDEX ix_remarks_release ON remarks (release);

CREATE TRIGGER IF NOT EXISTS history_no_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER IF NOT EXISTS history_no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

