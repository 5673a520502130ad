// The tables and how older files become newer ones.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace bk::adapters {

// The version that this program writes (PRAGMA user_version).
inline constexpr int kSchemaVersion = 3;

// Makes or migrates the tables, in one transaction. Throws SQLite::Exception.
void BringUpToDate(SQLite::Database& database);

}  // namespace bk::adapters
