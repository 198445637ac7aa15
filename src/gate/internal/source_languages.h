// How each language is written, as far as log statements need it.
#pragma once

#include "gate/internal/code_tokens.h"
#include "gate/log_statements.h"

namespace privity::gate_internal {

struct SourceRules {
  CodeRules code;
  bool has_macros = false;      // info!(…)
  bool names_in_texts = false;  // "{email}" in a macro takes the variable
  bool calls_without_brackets = false;
  bool takes_blocks = false;           // logger.info { … }
  bool has_streams = false;            // LOG(INFO) << x;
  bool has_symbols = false;            // :email
  bool has_one_letter_levels = false;  // Log.d
  bool classes_hold_objects = false;   // `Model.Email` may be a property's
};

const SourceRules& RulesOf(SourceLanguage language);

}  // namespace privity::gate_internal
