#include "adapters/sqlite/band_store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "adapters/sqlite/schema.h"

namespace bk::adapters {
namespace {

using ports::BandMinute;
using ports::KeptBand;
using ports::MinuteGap;
using ports::MinuteRange;
using ports::OwedResources;

constexpr int kWaitMs = 10'000;

Error FromSqlite(const SQLite::Exception& exception, const std::string& path) {
  switch (exception.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kTimedOut,
              path + " is in use by another bandkeeper; try again when it is done"};
    case SQLITE_FULL:
      return {ErrorCode::kNotReadable, "there is no room on the disk for " + path +
                                           "; nothing was changed, make room and try again"};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {
          ErrorCode::kNotReadable,
          path +
              " is damaged; move it away to begin a new one (the band still has its latest days)"};
    default:
      return {ErrorCode::kNotReadable, path + ": " + exception.what()};
  }
}

class SqliteBandStore : public ports::BandStore {
 public:
  // Throws SQLite::Exception.
  explicit SqliteBandStore(const std::string& path)
      : path_(path), database_(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kWaitMs) {
    version_ = database_.execAndGet("PRAGMA user_version").getInt();
    if (version_ > kSchemaVersion) return;
    database_.exec("PRAGMA journal_mode = WAL");
    database_.exec("PRAGMA synchronous = FULL");
    database_.exec("PRAGMA foreign_keys = ON");
    BringUpToDate(database_);
  }
  [[nodiscard]] int version() const { return version_; }

  Result<std::vector<KeptBand>> Bands() override {
    return Try([&] {
      std::vector<KeptBand> bands;
      SQLite::Statement rows(
          database_, "SELECT address, firmware, hardware, next_minute, name FROM band ORDER BY id");
      while (rows.executeStep()) {
        KeptBand band;
        band.address.bits = static_cast<std::uint64_t>(rows.getColumn(0).getInt64());
        band.firmware = rows.getColumn(1).getString();
        band.hardware = rows.getColumn(2).getString();
        if (!rows.getColumn(3).isNull()) band.next_minute = rows.getColumn(3).getInt64();
        band.name = rows.getColumn(4).getString();
        bands.push_back(std::move(band));
      }
      return bands;
    });
  }

  Status Describe(const KeptBand& band) override {
    return TryStatus([&] {
      SQLite::Statement put(
          database_,
          "INSERT INTO band(address, firmware, hardware, next_minute, name) "
          "VALUES(?1, ?2, ?3, ?4, ?5) "
          "ON CONFLICT(address) DO UPDATE SET "
          "firmware = iif(?2 = '', firmware, ?2), hardware = iif(?3 = '', hardware, ?3), "
          "name = iif(?5 = '', name, ?5), "
          "next_minute = max(coalesce(next_minute, ?4), coalesce(?4, next_minute))");
      put.bind(1, static_cast<std::int64_t>(band.address.bits));
      put.bind(2, band.firmware);
      put.bind(3, band.hardware);
      if (band.next_minute) put.bind(4, *band.next_minute);
      put.bind(5, band.name);
      put.exec();
    });
  }

  Result<std::optional<OwedResources>> Owed(Address band) override {
    return Try([&] {
      SQLite::Statement row(
          database_,
          "SELECT held, running, elsewhere FROM owed JOIN band ON band.id = owed.band "
          "WHERE band.address = ?");
      row.bind(1, static_cast<std::int64_t>(band.bits));
      std::optional<OwedResources> owed;
      if (row.executeStep())
        owed = OwedResources{row.getColumn(0).getString(), row.getColumn(1).getString(),
                             row.getColumn(2).getInt() != 0};
      return owed;
    });
  }

  Status SetOwed(Address band, const std::optional<OwedResources>& owed) override {
    return TryStatus([&] {
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      const std::int64_t id = BandId(band);
      SQLite::Statement put(database_, owed ? "INSERT INTO owed VALUES(?, ?, ?, ?) ON CONFLICT DO "
                                              "UPDATE SET held = excluded.held, "
                                              "running = excluded.running, "
                                              "elsewhere = excluded.elsewhere"
                                            : "DELETE FROM owed WHERE band = ?");
      put.bind(1, id);
      if (owed) {
        put.bind(2, owed->held);
        put.bind(3, owed->running);
        put.bind(4, owed->elsewhere ? 1 : 0);
      }
      put.exec();
      transaction.commit();
    });
  }

  Result<std::int64_t> BeginFetch(Address band, std::int64_t wall_seconds) override {
    return Try([&] {
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      SQLite::Statement put(database_, "INSERT INTO fetch(band, began) VALUES(?, ?)");
      put.bind(1, BandId(band));
      put.bind(2, wall_seconds);
      put.exec();
      const std::int64_t id = database_.getLastInsertRowid();
      transaction.commit();
      return id;
    });
  }

  Result<Saved> Save(Address band, std::int64_t fetch, std::span<const BandMinute> minutes,
                     std::optional<std::int64_t> next_minute) override {
    return Try([&] {
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      const std::int64_t id = BandId(band);
      Saved saved;
      SQLite::Statement there(database_,
                              "SELECT turn, kind, intensity, steps, heart_rate FROM minute "
                              "WHERE band = ? AND minute = ? ORDER BY turn DESC");
      SQLite::Statement put(database_, "INSERT INTO minute VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
      for (const BandMinute& minute : minutes) PutMinute(minute, id, fetch, there, put, saved);
      if (next_minute) {
        SQLite::Statement mark(database_,
                               "UPDATE band SET next_minute = max(coalesce(next_minute, ?1), ?1) "
                               "WHERE id = ?2");
        mark.bind(1, *next_minute);
        mark.bind(2, id);
        mark.exec();
      }
      transaction.commit();
      return saved;
    });
  }

  Status SaveGap(Address band, const MinuteGap& gap) override {
    return TryStatus([&] {
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      SQLite::Statement put(database_,
                            "INSERT INTO gap VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                            "to_minute = max(to_minute, excluded.to_minute)");
      put.bind(1, BandId(band));
      put.bind(2, gap.from);
      put.bind(3, gap.to);
      put.bind(4, static_cast<int>(gap.why));
      put.exec();
      transaction.commit();
    });
  }

  Status Revoke(Address band, std::int64_t fetch, std::int64_t from_minute) override {
    return TryStatus([&] {
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      const std::int64_t id = BandId(band);
      SQLite::Statement drop(database_,
                             "DELETE FROM minute WHERE band = ? AND fetch = ? AND minute >= ?");
      drop.bind(1, id);
      drop.bind(2, fetch);
      drop.bind(3, from_minute);
      drop.exec();
      SQLite::Statement mark(database_,
                             "UPDATE band SET next_minute = min(next_minute, ?) WHERE id = ?");
      mark.bind(1, from_minute);
      mark.bind(2, id);
      mark.exec();
      transaction.commit();
    });
  }

  Result<std::vector<MinuteRange>> Stored(Address band) override {
    return Try([&] {
      std::vector<MinuteRange> ranges;
      SQLite::Statement rows(
          database_,
          "SELECT DISTINCT minute FROM minute JOIN band ON band.id = minute.band "
          "WHERE band.address = ? ORDER BY minute");
      rows.bind(1, static_cast<std::int64_t>(band.bits));
      while (rows.executeStep()) {
        const std::int64_t minute = rows.getColumn(0).getInt64();
        if (ranges.empty() || ranges.back().to != minute)
          ranges.push_back({minute, minute + 1});
        else
          ++ranges.back().to;
      }
      return ranges;
    });
  }

  Result<std::vector<MinuteGap>> Gaps(Address band) override {
    return Try([&] {
      std::vector<MinuteGap> gaps;
      SQLite::Statement rows(database_,
                             "SELECT from_minute, to_minute, why FROM gap JOIN band ON "
                             "band.id = gap.band WHERE band.address = ? ORDER BY from_minute");
      rows.bind(1, static_cast<std::int64_t>(band.bits));
      while (rows.executeStep())
        gaps.push_back({rows.getColumn(0).getInt64(), rows.getColumn(1).getInt64(),
                        static_cast<MinuteGap::Why>(rows.getColumn(2).getInt())});
      return gaps;
    });
  }

  Status ForEach(Address band, MinuteRange range,
                 const std::function<bool(const BandMinute&)>& each) override {
    return TryStatus([&] {
      SQLite::Statement rows(
          database_,
          "SELECT minute, zone, kind, intensity, steps, heart_rate, max(turn) FROM minute "
          "WHERE band = (SELECT id FROM band WHERE address = ?) AND minute >= ? AND minute < ? "
          "GROUP BY minute ORDER BY minute");
      rows.bind(1, static_cast<std::int64_t>(band.bits));
      rows.bind(2, range.from);
      rows.bind(3, range.to);
      while (rows.executeStep()) {
        BandMinute minute;
        minute.minute = rows.getColumn(0).getInt64();
        minute.zone = static_cast<std::int8_t>(rows.getColumn(1).getInt());
        minute.kind = static_cast<std::uint8_t>(rows.getColumn(2).getInt());
        minute.intensity = static_cast<std::uint8_t>(rows.getColumn(3).getInt());
        minute.steps = static_cast<std::uint8_t>(rows.getColumn(4).getInt());
        minute.heart_rate = static_cast<std::uint8_t>(rows.getColumn(5).getInt());
        if (!each(minute)) return;
      }
    });
  }

 private:
  template <class Act>
  auto Try(Act act) -> Result<decltype(act())> {
    try {
      return act();
    } catch (const SQLite::Exception& exception) {
      return std::unexpected(FromSqlite(exception, path_));
    }
  }
  template <class Act>
  Status TryStatus(Act act) {
    try {
      act();
      return {};
    } catch (const SQLite::Exception& exception) {
      return std::unexpected(FromSqlite(exception, path_));
    }
  }

  // Within a transaction.
  std::int64_t BandId(Address address) {
    SQLite::Statement put(database_, "INSERT INTO band(address) VALUES(?) ON CONFLICT DO NOTHING");
    put.bind(1, static_cast<std::int64_t>(address.bits));
    put.exec();
    SQLite::Statement get(database_, "SELECT id FROM band WHERE address = ?");
    get.bind(1, static_cast<std::int64_t>(address.bits));
    get.executeStep();
    return get.getColumn(0).getInt64();
  }

  static void PutMinute(const BandMinute& minute, std::int64_t band, std::int64_t fetch,
                        SQLite::Statement& there, SQLite::Statement& put, Saved& saved) {
    there.reset();
    there.bind(1, band);
    there.bind(2, minute.minute);
    int turn = 0;
    bool same = false;
    while (there.executeStep()) {
      turn = std::max(turn, there.getColumn(0).getInt() + 1);
      same = same || (there.getColumn(1).getInt() == minute.kind &&
                      there.getColumn(2).getInt() == minute.intensity &&
                      there.getColumn(3).getInt() == minute.steps &&
                      there.getColumn(4).getInt() == minute.heart_rate);
    }
    if (same) {
      ++saved.same;
      return;
    }
    ++(turn == 0 ? saved.fresh : saved.another);
    put.reset();
    put.bind(1, band);
    put.bind(2, minute.minute);
    put.bind(3, turn);
    put.bind(4, minute.zone);
    put.bind(5, minute.kind);
    put.bind(6, minute.intensity);
    put.bind(7, minute.steps);
    put.bind(8, minute.heart_rate);
    put.bind(9, fetch);
    put.exec();
  }

  std::string path_;
  SQLite::Database database_;
  int version_ = 0;
};

}  // namespace

Result<std::unique_ptr<ports::BandStore>> OpenBandStore(const std::string& path) {
  // Made here with its rights, before SQLite makes it with others. Its WAL takes the same.
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0)
    return Fail(ErrorCode::kNotReadable, path + " cannot be opened: " + std::strerror(errno));
  close(file);
  try {
    auto store = std::make_unique<SqliteBandStore>(path);
    if (store->version() > kSchemaVersion) {
      return Fail(ErrorCode::kNotSupported,
                  path + " was made by a newer bandkeeper; it is left as it is, use that one");
    }
    return store;
  } catch (const SQLite::Exception& exception) {
    return std::unexpected(FromSqlite(exception, path));
  }
}

}  // namespace bk::adapters
