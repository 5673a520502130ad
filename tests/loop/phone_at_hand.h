// A simulated phone that the program reaches as it would a real one, while the test keeps its hand
// on the phone's state and time: in the same process, or over stock adb.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adb/stock_adb.h"
#include "ports/phone.h"
#include "simulate/adbd/trouble.h"
#include "simulate/phone/android.h"

namespace bk::loop {

class PhoneAtHand {
 public:
  virtual ~PhoneAtHand() = default;
  // How the program reaches it.
  virtual ports::Phones& phones() = 0;
  [[nodiscard]] virtual std::string serial() const = 0;
  // Looks at the state, or changes it, while nothing else does.
  virtual void With(const std::function<void(simulate::Android&)>& use) = 0;
  // Time goes by on the phone.
  virtual void Pass(std::chrono::microseconds time) = 0;
  // What has gone by since this was made, what hands took on the phone (With) included.
  [[nodiscard]] virtual std::chrono::microseconds Elapsed() = 0;

  [[nodiscard]] simulate::Android Copy();
};

std::unique_ptr<PhoneAtHand> InThisProcess(simulate::Android phone);

// What goes wrong on the cable, and who listens there. Both are called on the cable's thread.
struct Cable {
  std::vector<simulate::adbd::Trouble> troubles = {};
  std::function<void(std::string_view)> heard = nullptr;  // a command line that begins
  std::function<void(std::size_t)> said = nullptr;        // so many bytes of an answer
};
// Behind Debian's adb and its server; `adb` must outlive it. Its time passes with Pass alone, so
// that the same happens on a busy computer.
std::unique_ptr<PhoneAtHand> OverAdb(simulate::Android phone, const testing::StockAdb& adb,
                                     Cable cable = {});

}  // namespace bk::loop
