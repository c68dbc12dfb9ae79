-- Streams are read from the journal; these tables say which, and how far. The schema is fulfillment_orleans.

-- Up to which position of the journal a queue has delivered everything to those who follow its streams.
create table stream_checkpoints(queue text primary key, position bigint not null);

-- The streams that somebody subscribes to: only these are delivered at all. Asked grows with every subscription, in
-- commit order; position is where the journal stood then. Leaving: somebody has unsubscribed, perhaps the last one.
create sequence stream_asked;
create table stream_followed(
    kind text not null, key text not null, position bigint not null, asked bigint not null,
    leaving boolean not null default false, primary key (kind, key));
create index stream_followed_asked on stream_followed(asked);
