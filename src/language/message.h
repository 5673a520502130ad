// The sentences of the program as values: an id that translations use, the English text, and
// placeholders that are filled by name.
//
// "{name}" is replaced by the argument of that name. "{name:hour|hours}" chooses among words by the
// number that the argument holds, as many as the language has plural forms (Plurals); English has
// two. "#" among these words is the number: "{count:a step|# steps}". A placeholder that nobody
// fills stays as it stands; what an argument holds is never looked at again.
#pragma once

#include <concepts>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace bk::language {

struct Message {
  std::string_view id;  // "verdict.no_band": a-z, 0-9, _ and dots; unique in the program
  std::string_view english;
};

// A room declares its messages as members of one struct, so that none is left out of the list:
//   struct PlanMessages { Message few{"plan.few", "It helps in few cases like this"}; ... };
//   inline constexpr PlanMessages kPlan;
template <class Struct>
void Append(const Struct& messages, std::vector<Message>& to) {
  static_assert(std::is_trivially_copyable_v<Struct> && sizeof(Struct) % sizeof(Message) == 0);
  const std::size_t size = to.size();
  to.resize(size + sizeof(Struct) / sizeof(Message));
  std::memcpy(static_cast<void*>(to.data() + size), &messages, sizeof(Struct));
}

struct Argument {
  Argument(std::string_view placeholder, std::string_view said) : name(placeholder), text(said) {}
  template <std::integral Number>
  Argument(std::string_view placeholder, Number value)
      : name(placeholder), text(std::to_string(value)), number(static_cast<long long>(value)) {}

  std::string_view name;
  std::string text;
  std::optional<long long> number;
};

// How many forms a word takes beside a number, and which: CLDR's cardinal rules, for whole numbers.
enum class Plurals {
  kNone,     // one form: Chinese, Japanese, Turkish beside a number
  kOne,      // 1 | else: English, German, Spanish
  kZeroOne,  // 0 and 1 | else: French, Brazilian Portuguese
  kCzech,    // 1 | 2 to 4 | else
  kPolish,   // 1 | 2-4, 22-24, ... | else
  kRussian   // 1, 21, ... | 2-4, 22-24, ... | else: Russian, Ukrainian
};
std::string_view PluralsName(Plurals plurals);  // "none", "one", "zero_one", "czech", ...
std::optional<Plurals> PluralsNamed(std::string_view name);
std::size_t FormsOf(Plurals plurals);
std::size_t FormOf(Plurals plurals, long long number);

std::string Fill(std::string_view text, Plurals plurals, const std::vector<Argument>& arguments);

// What a text wants filled: name, and how many forms it offers (0: it stands alone).
struct Placeholder {
  std::string name;
  std::size_t forms = 0;
  friend auto operator<=>(const Placeholder&, const Placeholder&) = default;
};
std::vector<Placeholder> PlaceholdersOf(std::string_view text);

}  // namespace bk::language
