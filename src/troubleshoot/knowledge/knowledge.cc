#include "troubleshoot/knowledge/knowledge.h"

namespace bk::troubleshoot {

std::string_view LossClassName(LossClass loss) {
  switch (loss) {
    case LossClass::kNone:
      return "none";
    case LossClass::kSetting:
      return "setting";
    case LossClass::kPairing:
      return "pairing";
    case LossClass::kAppData:
      return "app_data";
    case LossClass::kBandData:
      return "band_data";
  }
  return "none";
}

}  // namespace bk::troubleshoot
