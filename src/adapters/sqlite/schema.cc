#include "adapters/sqlite/schema.h"

#include <array>

namespace bk::adapters {
namespace {

// Step i makes version i + 1 of version i. Never change one that was released: add another.
constexpr std::array kSteps = {
    R"(
CREATE TABLE band(
  id INTEGER PRIMARY KEY,
  address INTEGER NOT NULL UNIQUE,
  firmware TEXT NOT NULL DEFAULT '',
  hardware TEXT NOT NULL DEFAULT '',
  next_minute INTEGER
) STRICT;
CREATE TABLE fetch(
  id INTEGER PRIMARY KEY,
  band INTEGER NOT NULL REFERENCES band(id),
  began INTEGER NOT NULL
) STRICT;
CREATE TABLE minute(
  band INTEGER NOT NULL REFERENCES band(id),
  minute INTEGER NOT NULL,
  turn INTEGER NOT NULL DEFAULT 0,
  zone INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  intensity INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  heart_rate INTEGER NOT NULL,
  fetch INTEGER NOT NULL REFERENCES fetch(id),
  PRIMARY KEY(band, minute, turn)
) STRICT, WITHOUT ROWID;
CREATE TABLE gap(
  band INTEGER NOT NULL REFERENCES band(id),
  from_minute INTEGER NOT NULL,
  to_minute INTEGER NOT NULL,
  why INTEGER NOT NULL,
  PRIMARY KEY(band, from_minute)
) STRICT, WITHOUT ROWID;
)",
    R"(
ALTER TABLE band ADD COLUMN name TEXT NOT NULL DEFAULT '';
CREATE TABLE owed(
  band INTEGER PRIMARY KEY REFERENCES band(id),
  held TEXT NOT NULL,
  running TEXT NOT NULL
) STRICT;
)",
    R"(
ALTER TABLE owed ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0;
)"};
static_assert(kSteps.size() == kSchemaVersion);

}  // namespace

void BringUpToDate(SQLite::Database& database) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const int version = database.execAndGet("PRAGMA user_version").getInt();
  for (int step = version; step < kSchemaVersion; ++step)
    database.exec(kSteps[static_cast<std::size_t>(step)]);
  if (version < kSchemaVersion)
    database.exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
  transaction.commit();
}

}  // namespace bk::adapters
