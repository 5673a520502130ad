#include <span>
#include <string>

#include "android/log/log_reader.h"
#include "android/log/plain_scan.h"
#include "base/bytes.h"
#include "base/result.h"

void Fuzz(std::span<const std::byte> bytes) {
  using namespace bk::android::log;
  namespace evidence = bk::evidence;
  static const bk::android::log::testing::PlainCompiler compiler;
  static const std::vector<evidence::CompanionApp> apps = {
      {.id = "zepp_life", .packages = {"com.xiaomi.hm.health"}},
      {.id = "gadgetbridge", .packages = {"nodomain.freeyourgadget.gadgetbridge"}}};
  static const LogReader reader(compiler, apps);
  const std::string_view text = bk::AsText(bytes);
  LogState state;
  reader.Add({.kind = bk::android::Section::Kind::kLog, .body = text, .member_text = text}, state);
  BK_CHECK(state.understood <= state.lines);
  for (const LogFact& fact : state.facts) {
    BK_CHECK(fact.where.offset <= text.size());
    BK_CHECK(fact.text.size() <= 300);
  }
  evidence::Evidence out;
  const evidence::BandId band{.address = bk::ParseAddress("C8:0F:10:01:02:03")};
  AddFindings(state, band, apps, out);
  BK_CHECK(out.events.size() <= state.facts.size());
  (void)RecogniseLog(text);
}
