#include "language/language.h"

namespace bk::language {

std::string Language::Say(const Message& message, const std::vector<Argument>& arguments) const {
  if (!texts.empty()) {
    const auto found = texts.find(std::string(kMessagePrefix) + std::string(message.id));
    if (found != texts.end() && !found->second.empty())
      return Fill(found->second.front(), plurals, arguments);
  }
  return Fill(message.english, Plurals::kOne, arguments);
}

std::string Language::WithinSentence(std::string title) const {
  if (title.ends_with('.')) title.pop_back();
  if (!lower_within) return title;
  const bool acronym = title.size() > 1 && title[1] >= 'A' && title[1] <= 'Z';
  const bool is_name = title.starts_with("Bluetooth") || title.starts_with("Android");
  if (!title.empty() && title[0] >= 'A' && title[0] <= 'Z' && !acronym && !is_name)
    title[0] = static_cast<char>(title[0] - 'A' + 'a');
  return title;
}

std::vector<std::string> CodesFor(std::string_view setting) {
  const std::string_view code = setting.substr(0, setting.find_first_of(".@"));
  if (code.empty() || code == "C" || code == "POSIX") return {};
  std::vector<std::string> codes = {std::string(code)};
  const std::size_t country = code.find('_');
  if (country != std::string_view::npos) codes.emplace_back(code.substr(0, country));
  if (codes.back() == "en") return {};
  return codes;
}

}  // namespace bk::language
