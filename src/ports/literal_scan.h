// ports::PatternCompiler without a library (Aho and Corasick's automaton over the bytes that occur
// in the literals): the core's own search where Vectorscan is not, and the oracle of its tests.
#pragma once

#include <memory>

#include "ports/scan.h"

namespace bk::ports {

// Scans at some hundred MB/s, whatever the number of literals. Memory: literals' bytes in all x
// distinct bytes x 4.
std::unique_ptr<PatternCompiler> MakePortablePatternCompiler();

}  // namespace bk::ports
