/** The order book of Halden Instruments, made up: three tables, two groups and an owner. Running it again changes nothing. */
export const ORDERS = `
do $$ declare name text; begin
  foreach name in array array['orders_owner', 'orders_reader', 'orders_writer'] loop
    if not exists (select from pg_roles where rolname = name) then execute format('create role %I nologin', name); end if;
  end loop;
end $$;

create table if not exists customer (
  id integer primary key, name text not null, country char(2) not null, since date not null);
create table if not exists product (
  sku text primary key, name text not null, price_cents integer not null check (price_cents > 0));
create table if not exists purchase (
  id bigint primary key, customer_id integer not null references customer, sku text not null references product,
  quantity integer not null check (quantity > 0), status text not null, placed_at timestamptz not null);

alter table customer owner to orders_owner;
alter table product owner to orders_owner;
alter table purchase owner to orders_owner;

insert into product values
  ('HI-1004', 'Bench multimeter', 48900), ('HI-1016', 'Handheld oscilloscope', 129900), ('HI-1033', 'Thermocouple logger', 21900),
  ('HI-2001', 'Pressure calibrator', 234000), ('HI-2010', 'Vibration sensor', 8900), ('HI-3002', 'Flow meter', 64900)
on conflict do nothing;

insert into customer select n,
  (array['Norwell', 'Akersund', 'Brightwater', 'Castell', 'Dunmore', 'Elstad', 'Farrow', 'Glenholt'])[1 + n % 8] || ' ' ||
  (array['Labs', 'Dairy', 'Aerospace', 'Water Works', 'Foundry'])[1 + n % 5],
  (array['NO', 'DE', 'GB', 'NL', 'US'])[1 + n % 5], date '2019-01-07' + n * 11
from generate_series(1, 120) n on conflict do nothing;

insert into purchase select 100000 + n, 1 + (n * 37) % 120,
  (array['HI-1004', 'HI-1016', 'HI-1033', 'HI-2001', 'HI-2010', 'HI-3002'])[1 + n % 6], 1 + n % 9,
  (array['paid', 'shipped', 'delivered', 'delivered', 'returned'])[1 + n % 5], timestamptz '2025-01-02 08:00Z' + n * interval '7 hours'
from generate_series(1, 1500) n on conflict do nothing;

grant select on customer, product, purchase to orders_reader;
grant select, insert, update on customer, product, purchase to orders_writer;
`
