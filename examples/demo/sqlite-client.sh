# The client of the runbook's database: hands the request to `sqlite-client --serve`, which the demo has started, because
# starting Node and SQLite anew for each of some hundred requests would take most of the demo's time.
#   sh sqlite-client.sh FOLDER
name=$$
cat >"$1/$name.in"
mkfifo "$1/$name.out"
echo "$name" >"$1/requests"
cat "$1/$name.out"
rm "$1/$name.in" "$1/$name.out"
