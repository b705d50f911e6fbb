#pragma once
#include "scheduler/commands/options.h"

namespace loa::commands {

// What each does and takes, says the help in main.cpp. They give the program's exit code and throw Error.

int init(Options options);
int renew(Options options);

int issueToken(Options options);
int listTokens(Options options);
int revokeToken(Options options);

int enrolStation(Options options);
int retireStation(Options options);
int listStations(Options options);
int showStation(Options options);

int addPerson(Options options);
int resetPerson(Options options);
int listPeople(Options options);

int makeBackup(Options options);
int verifyBackup(Options options);
int restoreBackup(Options options);

int verifyAudit(Options options);
int writeAuditHead(Options options);
int exportAudit(Options options);

}  // namespace loa::commands
