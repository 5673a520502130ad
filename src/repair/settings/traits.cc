#include <algorithm>
#include <array>

#include "base/text.h"
#include "repair/setting.h"
#include "repair/settings/kind.h"
#include "repair/settings/reply.h"

namespace bk::repair {

std::string PhoneTraits::TitleOf(std::string_view package) const {
  const auto title = titles.find(package);
  return title == titles.end() ? std::string(package) : title->second;
}

std::string PhoneTraits::UserOption() const {
  return user == 0 ? std::string() : "--user " + std::to_string(user) + " ";
}

std::string MakerWord(std::string_view manufacturer) {
  std::string word(Trim(manufacturer));
  std::ranges::transform(word, word.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (word == "redmi" || word == "poco" || word == "blackshark") return "xiaomi";
  if (word == "hmd global") return "nokia";
  if (word == "iqoo") return "vivo";
  return word;
}

std::string PhoneTraits::Say(const language::Message& message,
                             const std::vector<language::Argument>& arguments) const {
  static const language::Language kEnglish;
  return (language == nullptr ? kEnglish : *language).Say(message, arguments);
}

Result<PhoneTraits> ReadTraits(ports::Phone& phone, const language::Language* language) {
  const std::array<ports::PhoneCommand, 4> commands = {
      ports::PhoneCommand{.line = "getprop ro.build.version.sdk"},
      ports::PhoneCommand{.line = "getprop ro.product.manufacturer"},
      ports::PhoneCommand{.line = "am get-current-user"},
      ports::PhoneCommand{.line = "pm list packages -U"},
  };
  const std::vector<ports::PhoneAnswer> answers = phone.Run(commands);
  BK_CHECK(answers.size() == commands.size());
  PhoneTraits traits;
  traits.language = language;
  if (auto none = NoAnswer(traits, answers[0]))
    return Fail(ErrorCode::kNotReadable, std::move(none->sentence));
  const auto first_line = [](const ports::PhoneAnswer& answer) {
    return answer.ran() ? kinds::FirstLine(answer.out) : std::string_view{};
  };
  traits.sdk = ParseInt<int>(first_line(answers[0])).value_or(0);
  traits.maker = MakerWord(first_line(answers[1]));
  traits.user = ParseInt<int>(first_line(answers[2])).value_or(0);
  // "package:com.example uid:10143", Android 8 and later; several users stand with commas.
  constexpr std::size_t kPackagesMax = 20'000;
  constexpr int kPerUser = 100'000;
  std::string_view rest = answers[3].out;
  std::string_view line;
  while (answers[3].ran() && traits.uids.size() < kPackagesMax && NextLine(rest, line)) {
    const auto package = After(line, "package:");
    auto uids = After(line, " uid:", " \r");
    if (!package || package->empty() || !uids) continue;
    const auto uid = ParseInt<int>(uids->substr(0, uids->find(',')));
    if (!uid || *uid < 0) continue;
    traits.uids[std::string(*package)] = traits.user * kPerUser + *uid % kPerUser;
  }
  return traits;
}

}  // namespace bk::repair
