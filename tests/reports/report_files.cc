// report_files DIR: writes every phone in every trouble to a file, to look at by hand.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "reports/phones.h"

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : ".";
  for (int phone = 0; phone < 3; ++phone)
    for (int fault = 0; fault <= static_cast<int>(bk::reports::Fault::kAppDisabled); ++fault)
      for (const bool band : {true, false})
        std::ofstream(folder / fmt::format("p{}f{}{}.txt", phone, fault, band ? "" : "n"))
            << bk::reports::Report({.phone = static_cast<bk::reports::Phone>(phone),
                                    .fault = static_cast<bk::reports::Fault>(fault),
                                    .band = band});
}
