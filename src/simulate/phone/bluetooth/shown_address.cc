#include "simulate/phone/bluetooth/shown_address.h"

#include <algorithm>

namespace bk::simulate {

std::string Shown(int sdk, Printer printer, std::string_view address) {
  const auto hidden_from = [&] {
    switch (printer) {
      case Printer::kManager:
        return 35;
      case Printer::kNative:
      case Printer::kJavaLog:
        return 34;
      case Printer::kShim:
      case Printer::kNativeLog:
        return 33;
      case Printer::kJava:
        break;
    }
    return 1000;
  };
  const bool lower = printer == Printer::kNative || printer == Printer::kShim;
  const std::size_t kHiddenChars = 12;  // four octets with their colons
  std::string shown(address);
  if (sdk >= hidden_from() && shown.size() == 17)
    shown = "XX:XX:XX:XX:" + shown.substr(kHiddenChars);
  if (lower)
    std::transform(shown.begin(), shown.end(), shown.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
  return shown;
}

}  // namespace bk::simulate
