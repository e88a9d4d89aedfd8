package dev.verso.kv.etcd;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a store lies: members of a cluster, and what its keys begin with.
 *
 * @param members one at least; they are tried in this order
 */
record EtcdAddress(List<Member> members, String prefix) {
    private static final int DEFAULT_PORT = 2379;
    private static final String DEFAULT_PREFIX = "verso";
    private static final int MOST_PREFIX_BYTES = 100;

    /** A server. */
    record Member(String host, int port) {
        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /** Reads {@code HOST[:PORT][,HOST[:PORT]...][/PREFIX]}; an IPv6 address stands in brackets. */
    static EtcdAddress parse(String location) {
        int slash = location.indexOf('/');
        String hosts = slash < 0 ? location : location.substring(0, slash);
        String prefix = slash < 0 || slash == location.length() - 1 ? DEFAULT_PREFIX : location.substring(slash + 1);
        boolean plain = prefix.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (!plain || prefix.length() > MOST_PREFIX_BYTES) {
            throw bad(location, "the prefix must be up to " + MOST_PREFIX_BYTES + " printable ASCII characters");
        }
        List<Member> members = new ArrayList<>();
        for (String each : hosts.split(",", -1)) {
            members.add(member(each.trim(), location));
        }
        return new EtcdAddress(List.copyOf(members), prefix);
    }

    private static Member member(String text, String location) {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = DEFAULT_PORT;
        if (colon >= 0) {
            try {
                port = Integer.parseInt(text.substring(colon + 1));
            } catch (NumberFormatException e) {
                throw bad(location, "'" + text.substring(colon + 1) + "' is no port");
            }
        }
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw bad(location, "'" + text + "' is no host:port");
        }
        return new Member(host, port);
    }

    private static KvException bad(String location, String why) {
        return new KvException(
                KvFailure.UNAVAILABLE, "etcd:" + location + ": " + why + " (etcd:host:port[,host:port...]/prefix)");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("etcd:");
        for (int i = 0; i < members.size(); i++) {
            text.append(i == 0 ? "" : ",").append(members.get(i));
        }
        return text.append('/').append(prefix).toString();
    }
}
