#include "cli/put_back_text.h"

#include "app/evidence_json.h"

namespace bk::cli {

std::string PutBackText(const std::vector<app::PutBackSetting>& all, const Style& style,
                        app::Privacy& privacy) {
  if (all.empty()) return {};
  std::string out = "\n" + style.Paint(Tone::kUnsure, "Not as bandkeeper left it") + "\n";
  for (const app::PutBackSetting& one : all)
    out += "  - " + style.Wrap(privacy.Scrub(app::ValidUtf8(one.text)), 4, 4) + "\n";
  return out + "  " + style.Wrap("`bandkeeper fix` offers to set it again.", 2, 2) + "\n";
}

}  // namespace bk::cli
