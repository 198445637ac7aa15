# CREATE TABLE no (email text);
CREATE TABLE `people` (
  `name` varchar(40) CHARACTER SET utf8mb4 COMMENT 'it\'s, a name',
  `role` enum('a','b') NOT NULL,
  PRIMARY KEY (`name`), KEY `email_idx` (`name`)
) ENGINE=InnoDB;
ALTER TABLE `people` CHANGE COLUMN `name` `full_name` varchar(80) NOT NULL AFTER `role`, ADD (`city` text, `zip` text);
INSERT INTO `people` VALUES ('CREATE TABLE no (a int);');
