// dumpsys usagestats: how much Android lets an app do by how it is used. Most of the dump is a
// list of events, which is passed over.
#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

void TakeBucket(AppFacts& app, BucketFact fact) {
  for (BucketFact& known : app.buckets)
    if (known.user == fact.user) {
      known = std::move(fact);
      return;
    }
  constexpr std::size_t kUsersMax = 50;
  if (app.buckets.size() < kUsersMax) app.buckets.push_back(std::move(fact));
}

}  // namespace

void ParseUsageStats(const Section& section, SystemState& state) {
  Scope scope(section, state);
  BlockCount count;
  int user = 0;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    const std::size_t indent = Indent(line);
    if (indent > 4 || indent == line.size()) continue;
    std::string_view text = line.substr(indent);
    if (text.front() == 'u' || text.front() == 'U') {
      if (Eat(text, "user=") || Eat(text, "User "))
        user = static_cast<int>(LeadingInt(text).value_or(user));
      continue;
    }
    if (!Eat(text, "package=")) continue;
    const auto bucket_text = Value(text, "bucket");
    const auto idle_text = Value(text, "idle");
    if (!bucket_text && !idle_text) continue;  // a line of the usage table
    ++count.seen;
    const std::string_view package = text.substr(0, text.find(' '));
    BucketFact fact;
    fact.user = user;
    fact.place = scope.At(line);
    if (bucket_text) {
      const auto bucket = LeadingInt(*bucket_text);
      if (!bucket || *bucket < 0 || *bucket > 1000 || package.empty()) {
        if (count.first_unread.data() == nullptr) count.first_unread = line;
        continue;
      }
      fact.bucket = static_cast<int>(*bucket);
      if (const auto own = Value(text, "u"); own && LeadingInt(*own))
        fact.user = static_cast<int>(*LeadingInt(*own));
      fact.reason = std::string(Value(text, "reason").value_or(std::string_view()));
    } else {
      // Android 7 and 8 know only idle or not; idle holds back as much as "rare" later does.
      fact.bucket = *idle_text == "y" ? 40 : 10;
      fact.reason = "idle=" + std::string(*idle_text);
    }
    ++count.understood;
    const auto used = Value(text, "used");
    if (const auto ago = ParseDuration(used ? *used : Value(text, "lastUsedElapsed").value_or("?")))
      fact.used_ms = *ago;
    TakeBucket(scope.App(package), std::move(fact));
  }
  if (count.understood > 0 && scope.whole()) state.saw_buckets = true;
  scope.Lose(count, "standby buckets");
}

void ParseBucketAnswer(const Section& section, SystemState& state) {
  Scope scope(section, state);
  const std::string_view package = LastCommandWord(CommandOf(section));
  std::string_view rest = section.body;
  std::string_view line;
  if (!LooksLikePackage(package) || !NextLine(rest, line)) return;
  const auto bucket = ParseInt<int>(Trim(line));
  if (!bucket) return;
  BucketFact fact;
  fact.bucket = *bucket;
  fact.place = scope.At(line);
  TakeBucket(scope.App(package), std::move(fact));
}

void ParseRestrictionAnswer(const Section& section, SystemState& state) {
  Scope scope(section, state);
  const std::string_view package = LastCommandWord(CommandOf(section));
  std::string_view rest = section.body;
  std::string_view line;
  if (!LooksLikePackage(package) || !NextLine(rest, line)) return;
  const std::string_view level = Trim(line);
  if (!level.empty() && level.size() < 40 && level.find(' ') == std::string_view::npos)
    scope.App(package).restriction_level = scope.Make(std::string(level), line);
}

}  // namespace bk::android::system
