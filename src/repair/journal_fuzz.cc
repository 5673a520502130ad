// Any bytes as a journal: what is read can be written again and is then read the same.
#include <span>

#include "base/bytes.h"
#include "repair/fakes_testing.h"
#include "repair/journal.h"

void Fuzz(std::span<const std::byte> bytes) {
  using namespace bk::repair;
  const JournalText read = DecodeJournal(bk::AsText(bytes));
  std::string text;
  for (const Record& record : read.records) {
    const auto line = EncodeRecord(record);
    BK_CHECK(line.has_value());
    text += *line;
  }
  BK_CHECK(DecodeJournal(text).records == read.records);
  FakeJournal file;
  file.bytes = bk::AsText(bytes);
  const FakeClock clock;
  auto journal = RepairJournal::Open(file, clock);
  BK_CHECK(journal.has_value());
  const auto repair = journal->BeginRepair("serial", "phone");
  BK_CHECK(repair.has_value());
  const auto again = RepairJournal::Open(file, clock);
  BK_CHECK(again.has_value() && again->Find(*repair) != nullptr);
}
