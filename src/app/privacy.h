// The one gate through which text leaves the program: addresses, keys and account names are
// replaced here, so that no reader has to remember to. Reports, JSON, logs and exports all go
// through it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/address.h"

namespace bk::app {

class Privacy {
 public:
  // With `show_addresses`, Bluetooth addresses pass; keys and account names never do.
  explicit Privacy(bool show_addresses) : show_addresses_(show_addresses) {}
  // `name` says what stands for a full address instead of <device-N>; empty: the number does.
  Privacy(bool show_addresses, std::function<std::string(Address)> name)
      : show_addresses_(show_addresses), name_(std::move(name)) {}

  // Replaces, wherever they stand in `text`:
  //   Bluetooth addresses, full ("C8:0F:10:..") or masked by Android ("XX:XX:XX:XX:02:03")  ->
  //   "<device-N>" e-mail addresses -> "<account>" 32 hexadecimal digits in a row, an auth key's
  //   shape (also after 0x, also in octets)    -> "<key>"
  //   12 digits in a row that are an address met before, or 6 that are its end -> "<address>"
  // N counts distinct addresses in the order in which this object met them, so one report is
  // consistent in itself and two reports cannot be linked by it. A masked address takes the number
  // of the one full address that it fits.
  [[nodiscard]] std::string Scrub(std::string_view text);
  // Gives an address its number before any text is met: --band takes these (band_choice.h).
  void Number(std::string_view address);

 private:
  [[nodiscard]] const std::string& Pseudonym(std::string_view address, bool number_only = false);
  [[nodiscard]] std::size_t BareAddressAt(std::string_view text, std::size_t at) const;

  bool show_addresses_;
  std::function<std::string(Address)> name_;
  int numbered_ = 0;
  std::map<std::string, std::string, std::less<>> names_;  // upper-case address text -> pseudonym
};

}  // namespace bk::app
