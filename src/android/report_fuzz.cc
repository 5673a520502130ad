// Any bytes as a text of an archive, and as a phone's answers.
#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "android/members.h"
#include "android/report.h"
#include "android/report_text.h"

void Fuzz(std::span<const std::byte> bytes) {
  using namespace bk;
  static const auto compiler = android::testing::NoPatterns();
  static const auto apps = android::testing::CompanionApps();
  android::ReportReader reader(*compiler, apps);
  reader.Add(bytes, "a.zip", "b.txt");
  for (const char* command : {"dumpsys bluetooth_manager", "pm list packages"})
    reader.AddOutput(command, bytes, "phone");
  const android::PhoneState phone = std::move(reader).Finish();
  const evidence::Evidence seen = android::FindingsFor(phone, {}, apps);
  // A place in a text has a line in it.
  for (const evidence::Finding& finding : seen.findings)
    if (!finding.where.file.empty() &&
        (finding.where.line == 0 || finding.where.line > bytes.size() + 1))
      std::abort();

  std::vector<ports::Archive::Member> members;
  std::string_view names = AsText(bytes.first(std::min<std::size_t>(bytes.size(), 4096)));
  while (!names.empty()) {
    const std::string_view name = names.substr(0, names.find('\n'));
    members.push_back({std::string(name), members.size()});
    names.remove_prefix(std::min(names.size(), name.size() + 1));
  }
  for (const android::MemberChoice& choice :
       android::ChooseMembers(members, AsText(bytes).substr(0, 64)))
    if (choice.index >= members.size()) std::abort();
}
