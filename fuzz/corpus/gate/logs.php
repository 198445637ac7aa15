<?php
$this->logger->info('Registered ' . $user->email);
$this->logger->info('Registered ' . $user->id);
Log::debug('login', ['password' => $request->input('password')]);
Log::debug('login', ['user_id' => Auth::id(), 'remember' => $remember]);
Log::info("Hi {$user->first_name}");
Log::info("Sent " . count($emails) . " e-mails");
logger()->info('visit', ['path' => $request->path(), 'status' => 200]);
echo $user->email;
