-- What a dump, a comparison or a restore trips over, for MySQL and MariaDB alike. Loaded as admin into the database `shop`.
SET NAMES utf8mb4;
SET SESSION sql_mode = '';
SET SESSION time_zone = '+00:00';

CREATE TABLE customers (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(190) NOT NULL,
  name VARCHAR(100) CHARACTER SET utf8mb4 NOT NULL DEFAULT '' COMMENT 'as written; 100 % of ''em',
  legacy VARCHAR(50) CHARACTER SET latin1 COLLATE latin1_german1_ci DEFAULT NULL,
  level ENUM('new', 'o''ld', 'größer', '') NOT NULL DEFAULT 'new',
  flags SET('mail', 'sms', 'post') DEFAULT NULL,
  favourite INT UNSIGNED DEFAULT NULL,
  created TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  UNIQUE KEY email (email),
  KEY name_prefix (name(10))
) ENGINE=InnoDB AUTO_INCREMENT=1000 DEFAULT CHARSET=utf8mb4 COMMENT='people; "who" buy';

CREATE TABLE orders (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer INT UNSIGNED NOT NULL,
  total DECIMAL(20, 6) NOT NULL,
  vat DECIMAL(20, 6) GENERATED ALWAYS AS (total * 0.19) STORED,
  label VARCHAR(40) GENERATED ALWAYS AS (CONCAT('#', id_text)) VIRTUAL,
  id_text VARCHAR(20) NOT NULL DEFAULT '',
  placed DATETIME(3) DEFAULT NULL,
  due DATE DEFAULT NULL,
  KEY placed (placed),
  KEY label (label),
  CONSTRAINT order_customer FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE CASCADE,
  CONSTRAINT total_positive CHECK (total >= 0)
) ENGINE=InnoDB;

-- A cycle of foreign keys: neither table can be loaded before the other.
ALTER TABLE customers ADD CONSTRAINT favourite_order_customer FOREIGN KEY (favourite) REFERENCES customers (id);
ALTER TABLE customers ADD COLUMN last_order BIGINT NULL,
  ADD CONSTRAINT customer_last_order FOREIGN KEY (last_order) REFERENCES orders (id) ON DELETE SET NULL;

CREATE TABLE order_lines (
  order_id BIGINT NOT NULL,
  line SMALLINT NOT NULL,
  article CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount INT NOT NULL DEFAULT 1,
  PRIMARY KEY (order_id, line, article),
  CONSTRAINT line_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB;

CREATE TABLE every_type (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  tiny TINYINT, big BIGINT, ubig BIGINT UNSIGNED, amount DECIMAL(65, 30), f FLOAT, d DOUBLE,
  b1 BIT(1), b64 BIT(64), y YEAR, t TIME(6), dt DATETIME(6), ts TIMESTAMP NULL DEFAULT NULL, da DATE,
  c CHAR(5), v VARCHAR(300), bin BINARY(4), vb VARBINARY(300), tb TINYBLOB, lb LONGBLOB, tt TINYTEXT, lt LONGTEXT,
  j JSON, g GEOMETRY
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE log_without_key (at DATETIME NOT NULL, line TEXT, KEY at (at)) ENGINE=InnoDB;

CREATE TABLE `odd "name" ``of`` a table` (`a b` INT, `select` VARCHAR(10), `größe` INT, PRIMARY KEY (`a b`)) ENGINE=InnoDB;

CREATE TABLE documents (id INT PRIMARY KEY, body TEXT, FULLTEXT KEY words (body)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE measurements (
  day DATE NOT NULL,
  sensor INT NOT NULL,
  value DOUBLE,
  PRIMARY KEY (day, sensor)
) ENGINE=InnoDB PARTITION BY RANGE (YEAR(day)) (
  PARTITION before_2025 VALUES LESS THAN (2025),
  PARTITION in_2025 VALUES LESS THAN (2026),
  PARTITION later VALUES LESS THAN MAXVALUE
);

CREATE TABLE audit (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, what VARCHAR(200), who VARCHAR(100)) ENGINE=InnoDB;
CREATE TABLE nothing_in_it (id INT PRIMARY KEY) ENGINE=InnoDB;

DELIMITER $$
CREATE DEFINER=owner@`%` FUNCTION net(total DECIMAL(20, 6)) RETURNS DECIMAL(20, 6) DETERMINISTIC
  COMMENT 'it''s net; of VAT'
  RETURN total / 1.19 $$
CREATE DEFINER=owner@`%` PROCEDURE place_order(IN who INT UNSIGNED, IN how_much DECIMAL(20, 6), OUT made BIGINT)
  MODIFIES SQL DATA SQL SECURITY DEFINER
BEGIN
  -- a comment; with a semicolon
  INSERT INTO orders (customer, total, placed) VALUES (who, how_much, NOW(3));
  SET made = LAST_INSERT_ID();
END $$
CREATE DEFINER=owner@`%` TRIGGER order_made AFTER INSERT ON orders FOR EACH ROW
BEGIN
  INSERT INTO audit (what, who) VALUES (CONCAT('order ', NEW.id, '; total ', NEW.total), 'trigger');
END $$
CREATE TRIGGER order_checked BEFORE UPDATE ON orders FOR EACH ROW SET NEW.id_text = TRIM(NEW.id_text) $$
CREATE DEFINER=owner@`%` EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 02:00:00' ON COMPLETION PRESERVE DISABLE
  COMMENT 'clears the log'
  DO DELETE FROM log_without_key WHERE at < NOW() - INTERVAL 90 DAY $$
DELIMITER ;

CREATE DEFINER=owner@`%` SQL SECURITY DEFINER VIEW order_totals AS
  SELECT c.name AS name, SUM(o.total) AS total FROM customers c JOIN orders o ON o.customer = c.id GROUP BY c.id, c.name;
-- These name their database, and build on a function and another view.
CREATE SQL SECURITY INVOKER VIEW paid_orders AS
  SELECT id, customer, total, shop.net(total) AS net FROM shop.orders WHERE total > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW a_net_totals AS SELECT name, shop.net(total) AS net FROM shop.order_totals;

-- Rows.
INSERT INTO customers (id, email, name, legacy, level, flags, created) VALUES
  (1, 'ada@example.com', 'Ada', 'Straße', 'new', 'mail,post', '2025-01-02 03:04:05.678901'),
  (2, 'grin@example.com', '😀 𠜎 Z͑ͫ̓a̴l̵g̷o', NULL, 'größer', '', '1970-01-01 00:00:01'),
  (3, 'quote@example.com', 'O''Reilly \\ "x"\n\t\0end', '', 'o''ld', NULL, '2038-01-19 03:14:07'),
  (4, 'cn@example.com', '品牌诊断', NULL, '', 'sms', '2025-06-15 12:00:00');
UPDATE customers SET favourite = 1, created = created WHERE id = 2;
INSERT INTO orders (id, customer, total, id_text, placed, due) VALUES
  (1, 1, 99999999999999.999999, '1', '2025-03-30 02:30:00.123', '2025-04-30'),
  (2, 1, 0.000001, '2', '0000-00-00 00:00:00', '0000-00-00'),
  (3, 2, 0, '3', NULL, '2025-00-00'),
  (9223372036854775000, 4, 12.5, 'big', '9999-12-31 23:59:59.999', '1000-01-01');
UPDATE customers SET last_order = 1, created = created WHERE id = 1;
INSERT INTO order_lines VALUES (1, 1, 'A-000001', 2), (1, 2, 'a-000001', 1), (2, 1, 'B-000009', -1);

INSERT INTO every_type VALUES
  (1, -128, -9223372036854775808, 18446744073709551615, 12345678901234567890123456789012345.123456789012345678901234567891,
   0.1, 2.2250738585072014e-308, b'1', b'1111111111111111111111111111111111111111111111111111111111111111', 1901,
   '-838:59:59.000000', '1000-01-01 00:00:00.000001', '2038-01-19 03:14:07', '0000-00-00', 'ab', '', '', 0x00, '', '', '', '',
   '{"a": [1, 2.50, null, true], "😀": "\\u0000 \\"x\\""}', ST_GeomFromText('POINT(1 2)')),
  (18446744073709551615, 127, 9223372036854775807, 0, -0.000000000000000000000000000001, -3.4e38, 1.7976931348623157e308,
   b'0', b'0', 2155, '838:59:59', '9999-12-31 23:59:59.999999', NULL, '9999-12-31', '', REPEAT('é', 300), 0x00FF0A0D, NULL,
   NULL, NULL, NULL, NULL, '[]', ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))')),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
   NULL, NULL, NULL);
SET SESSION group_concat_max_len = 10000;
UPDATE every_type SET
  vb = (WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 255)
        SELECT UNHEX(GROUP_CONCAT(LPAD(HEX(i), 2, '0') ORDER BY i SEPARATOR '')) FROM n),
  lb = REPEAT(vb, 8192), -- 2 MiB of every byte
  lt = REPEAT('line; -- no comment\n/* nor this */ ''\n', 20000)
  WHERE id = 1;

INSERT INTO log_without_key VALUES ('2025-01-01', 'twice'), ('2025-01-01', 'twice'), ('2025-01-02', NULL);
INSERT INTO `odd "name" ``of`` a table` VALUES (1, 'x', 2), (-1, '', NULL);
INSERT INTO documents VALUES (1, 'the quick brown fox'), (2, '-- SET x; DELIMITER ;;');
INSERT INTO measurements VALUES ('2024-12-31', 1, 1.5), ('2025-01-01', 1, -0.0), ('2026-01-01', 2, NULL);
