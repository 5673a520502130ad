# The band holds another key than the one given; nothing is kept of it.
start_band --minutes 60
echo ffeeddccbbaa99887766554433221100 >"$WORK/other_key"
bk 1 pair --band "$BAND" --key-file "$WORK/other_key"
says "holds another key"
bk 3 info --band "$BAND"
says "The key of this band is not known here"
stop_band
