#include "companion/procedure.h"

namespace bk::companion {

void Procedure::AttRefused(const Heard& heard, std::string_view what) {
  if (heard.error == ports::RequestDone::kNoAnswer) return NoAnswer(heard.attribute, what);
  Finish({Outcome::End::kRefused, heard.attribute, heard.error, true,
          "the band refused " + std::string(what)});
}

}  // namespace bk::companion
