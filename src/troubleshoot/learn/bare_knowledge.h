// Copies of the knowledge from which numbers are fitted.
#pragma once

#include "troubleshoot/knowledge/knowledge.h"

namespace bk::troubleshoot {

// The stored numbers as if they had been elicited: more cases then come on top of those in them.
Knowledge AsElicited(Knowledge knowledge);

// Without what is only text: for fitting many times.
Knowledge NumbersOnly(const Knowledge& knowledge);

}  // namespace bk::troubleshoot
