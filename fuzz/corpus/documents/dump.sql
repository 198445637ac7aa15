CREATE TABLE `p` (`id` int, `n` text);
INSERT INTO `p` VALUES (1,'a\'b'),(2,NULL);
COPY t (a,b) FROM stdin;
1	\N
\.
