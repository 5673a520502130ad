#include "repair/journal.h"

#include <algorithm>

namespace bk::repair {

bool Repair::hot() const {
  return !ended || std::ranges::any_of(changes, [](const Change& change) {
    return change.temporary && change.undoable();
  });
}

bool Repair::undoable() const { return std::ranges::any_of(changes, &Change::undoable); }

Result<RepairJournal> RepairJournal::Open(ports::Journal& file, const ports::Clock& clock) {
  BK_TRY(const std::string bytes, file.Read());
  JournalText read = DecodeJournal(bytes);
  RepairJournal journal(file, clock);
  journal.lost_ = read.lost;
  journal.foreign_ = read.foreign;
  for (const Record& record : read.records) {
    journal.Apply(record);
    journal.last_ = record.number;
  }
  journal.last_ = std::max(journal.last_, read.last);
  return journal;
}

const Repair* RepairJournal::Find(std::uint64_t repair) const {
  const auto found = std::ranges::find(repairs_, repair, &Repair::number);
  return found == repairs_.end() ? nullptr : &*found;
}

Repair* RepairJournal::FindRepair(std::uint64_t number) {
  const auto found = std::ranges::find(repairs_, number, &Repair::number);
  return found == repairs_.end() ? nullptr : &*found;
}

Change* RepairJournal::FindChange(std::uint64_t number) {
  for (auto repair = repairs_.rbegin(); repair != repairs_.rend(); ++repair) {
    const auto found = std::ranges::find(repair->changes, number, &Change::number);
    if (found != repair->changes.end()) return &*found;
  }
  return nullptr;
}

// A record that fits nothing (what it belongs to was lost) is passed over.
void RepairJournal::Apply(const Record& record) {
  using Kind = Record::Kind;
  if (record.kind == Kind::kRepairBegun) {
    repairs_.push_back({.number = record.number,
                        .at = record.at,
                        .phone = record.phone,
                        .phone_name = record.name});
    return;
  }
  Repair* const repair = FindRepair(record.repair);
  Change* const change = record.change == 0 ? nullptr : FindChange(record.change);
  const auto fix_of = [&]() -> Repair::Fix& {
    if (repair->fixes.empty() || repair->fixes.back().id != record.fix ||
        !repair->fixes.back().outcome.empty())
      repair->fixes.push_back({record.fix, {}});
    return repair->fixes.back();
  };
  const auto settle = [&](Change::State state) {
    if (change == nullptr || !change->undoable()) return;
    change->state = state;
    change->words = record.words;
  };
  switch (record.kind) {
    case Kind::kRepairBegun:
      break;
    case Kind::kConsent:
      if (repair != nullptr) repair->consents.push_back({record.fix, record.words});
      break;
    case Kind::kWillDo:
      if (repair != nullptr) fix_of();
      break;
    case Kind::kWillChange:
      if (repair == nullptr) break;
      fix_of();
      repair->changes.push_back({.number = record.number,
                                 .repair = record.repair,
                                 .fix = record.fix,
                                 .setting = {record.setting},
                                 .before = record.before,
                                 .left = record.value,
                                 .temporary = record.temporary});
      break;
    case Kind::kChanged:
      if (change == nullptr || change->state != Change::State::kOpen) break;
      change->state = Change::State::kMade;
      change->left = record.value;
      break;
    case Kind::kNotChanged:
      settle(Change::State::kNotMade);
      break;
    case Kind::kRestored:
      settle(Change::State::kRestored);
      break;
    case Kind::kLeft:
      settle(Change::State::kLeft);
      break;
    case Kind::kFixEnded:
      if (repair != nullptr) fix_of().outcome = record.words;
      break;
    case Kind::kRepairEnded:
      if (repair == nullptr) break;
      repair->ended = true;
      repair->outcome = record.words;
      break;
  }
}

Status RepairJournal::Write(Record record) {
  record.number = last_ + 1;
  record.at = clock_->WallMillis();
  if (record.kind == Record::Kind::kRepairBegun) record.repair = record.number;
  const auto line = EncodeRecord(record);
  if (!line)
    return Fail(ErrorCode::kTooLarge, "The old value of " + record.setting.substr(0, 100) +
                                          " is too long to be kept, so it could not be put back.");
  // A record that failed may stand there all the same, so its number is never used again.
  last_ = record.number;
  if (Status added = file_->Append(*line); !added) {
    failed_ = added.error();
    return added;
  }
  Apply(record);
  return {};
}

Status RepairJournal::Promise(Record record) {
  if (failed_) return std::unexpected(*failed_);
  return Write(std::move(record));
}

Result<std::uint64_t> RepairJournal::BeginRepair(std::string_view serial,
                                                 std::string_view phone_name) {
  Record record{.kind = Record::Kind::kRepairBegun};
  record.phone = PhoneMark(serial);
  record.name = phone_name;
  if (Status written = Promise(std::move(record)); !written)
    return std::unexpected(std::move(written).error());
  return last_;
}

Status RepairJournal::Consented(std::uint64_t repair, std::string_view fix,
                                std::string_view words) {
  Record record{.kind = Record::Kind::kConsent, .repair = repair};
  record.fix = fix;
  record.words = words;
  return Promise(std::move(record));
}

Status RepairJournal::WillDo(std::uint64_t repair, std::string_view fix, std::string_view what) {
  Record record{.kind = Record::Kind::kWillDo, .repair = repair};
  record.fix = fix;
  record.words = what;
  return Promise(std::move(record));
}

Result<std::uint64_t> RepairJournal::WillChange(std::uint64_t repair, const Intent& intent) {
  Record record{.kind = Record::Kind::kWillChange, .repair = repair};
  record.fix = intent.fix;
  record.setting = intent.setting.text;
  record.before = intent.before;
  record.value = intent.to;
  record.temporary = intent.temporary;
  if (Status written = Promise(std::move(record)); !written)
    return std::unexpected(std::move(written).error());
  return last_;
}

Status RepairJournal::AboutChange(Record::Kind kind, std::uint64_t change, const SettingValue& now,
                                  std::string_view words) {
  const Change* const known = FindChange(change);
  BK_CHECK(known != nullptr);
  Record record{.kind = kind, .repair = known->repair, .change = change};
  record.value = now;
  record.words = words;
  return Write(std::move(record));
}

Status RepairJournal::Changed(std::uint64_t change, const SettingValue& now) {
  return AboutChange(Record::Kind::kChanged, change, now, {});
}
Status RepairJournal::NotChanged(std::uint64_t change, std::string_view why) {
  return AboutChange(Record::Kind::kNotChanged, change, std::nullopt, why);
}
Status RepairJournal::Restored(std::uint64_t change, const SettingValue& now) {
  return AboutChange(Record::Kind::kRestored, change, now, {});
}
Status RepairJournal::LeaveAs(std::uint64_t change, std::string_view why) {
  return AboutChange(Record::Kind::kLeft, change, std::nullopt, why);
}

Status RepairJournal::EndFix(std::uint64_t repair, std::string_view fix, std::string_view outcome) {
  Record record{.kind = Record::Kind::kFixEnded, .repair = repair};
  record.fix = fix;
  record.words = outcome.empty() ? "ended" : outcome;
  return Write(std::move(record));
}

Status RepairJournal::EndRepair(std::uint64_t repair, std::string_view outcome) {
  Record record{.kind = Record::Kind::kRepairEnded, .repair = repair};
  record.words = outcome;
  return Write(std::move(record));
}

}  // namespace bk::repair
