// zxcvbn: estimates how many guesses a password takes of somebody who knows what people choose.
#pragma once

#include <zxcvbn.h>
