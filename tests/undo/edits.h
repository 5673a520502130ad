// What others than the program set on a simulated phone: its owner, its apps, its maker. Each edit
// is one thing and absolute, so that the same edit means the same on two phones.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "repair/setting.h"
#include "simulate/phone/android.h"

namespace bk::undo {

struct Edit {
  std::string what;                // for whoever reads a red test
  std::vector<std::string> names;  // that it sets, as loop::Flatten has them
  // Of what can have more than two values: what the name becomes; empty: it has none.
  std::optional<std::string> free_value;
  std::function<void(simulate::Android&)> apply;
};

// Two companion apps on it, so that one can be in the other's way.
inline constexpr std::string_view kApp = simulate::kZeppLife;
inline constexpr std::string_view kOther = simulate::kGadgetbridge;

// All that this phone can have. The list depends on the phone's version, maker and packages alone.
std::vector<Edit> EditsOf(const simulate::Android& phone);

// The names (loop::Flatten) that a setting of the program is made of, and, with `derived`, those
// that its reading follows besides (an app that is exempt from Doze reads as of the best class).
std::vector<std::string> NamesOf(const simulate::Android& phone, const repair::SettingId& setting,
                                 bool derived);

}  // namespace bk::undo
