package io.jorch.runtime.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.launch.IdRange;
import io.jorch.runtime.launch.ProcessPlan;

/// The file `container` in a task's directory: what a later daemon needs to run further processes as the first one
/// runs. Big-endian: `u32 "JCTR", u16 version 1, u32 host base, u32 size`, then the process: lists as `u32 count` and
/// elements, texts and bytes as `u32 length` and UTF-8, in the order of [ProcessPlan]'s components.
///
/// @param process its environment may hold what the user wants kept private: only root may read the directory
record ContainerFile(IdRange idRange, ProcessPlan process) {
    private static final String FILE = "container";
    private static final int MAGIC = 0x4a435452;
    private static final int VERSION = 1;
    private static final int LONGEST = 1 << 25;

    static Optional<ContainerFile> read(Path taskDirectory) {
        try {
            return Optional.of(parse(Files.readAllBytes(taskDirectory.resolve(FILE))));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.CORRUPT,
                    "can't read " + taskDirectory.resolve(FILE) + ": " + JorchException.describe(failure), failure);
        }
    }

    /// Written before the start, so never changed while anything reads it.
    void write(Path taskDirectory) {
        try {
            Files.write(taskDirectory.resolve(FILE), encode());
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL,
                    "can't write " + taskDirectory.resolve(FILE) + ": " + JorchException.describe(failure), failure);
        }
    }

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeShort(VERSION);
        out.writeInt(idRange.hostBase());
        out.writeInt(idRange.size());
        writeTexts(out, process.arguments());
        writeTexts(out, process.environment());
        writeBytes(out, process.workingDirectory().getBytes(StandardCharsets.UTF_8));
        out.writeInt(process.user().uid());
        out.writeInt(process.user().gid());
        out.writeInt(process.user().groups().size());
        for (int group : process.user().groups()) {
            out.writeInt(group);
        }
        out.writeInt(process.umask());
        ProcessPlan.Capabilities sets = process.capabilities();
        for (long set : new long[]{sets.bounding(), sets.effective(), sets.permitted(), sets.inheritable(),
                sets.ambient()}) {
            out.writeLong(set);
        }
        out.writeBoolean(process.noNewPrivileges());
        writeBytes(out, process.seccomp().instructions());
        out.writeInt(process.rlimits().size());
        for (ProcessPlan.Rlimit limit : process.rlimits()) {
            out.writeInt(limit.resource());
            out.writeLong(limit.soft());
            out.writeLong(limit.hard());
        }
        out.writeInt(process.oomScoreAdjust());
        return bytes.toByteArray();
    }

    static ContainerFile parse(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != MAGIC || in.readUnsignedShort() != VERSION) {
            throw new IOException("not of version " + VERSION + " of jorch's format");
        }
        IdRange range = new IdRange(in.readInt(), in.readInt());
        List<String> arguments = readTexts(in);
        List<String> environment = readTexts(in);
        String directory = new String(readBytes(in), StandardCharsets.UTF_8);
        int uid = in.readInt();
        int gid = in.readInt();
        List<Integer> groups = new ArrayList<>();
        for (int left = count(in); left > 0; left--) {
            groups.add(in.readInt());
        }
        int umask = in.readInt();
        ProcessPlan.Capabilities sets = new ProcessPlan.Capabilities(in.readLong(), in.readLong(), in.readLong(),
                in.readLong(), in.readLong());
        boolean noNewPrivileges = in.readBoolean();
        ProcessPlan.Seccomp seccomp = new ProcessPlan.Seccomp(readBytes(in));
        List<ProcessPlan.Rlimit> limits = new ArrayList<>();
        for (int left = count(in); left > 0; left--) {
            limits.add(new ProcessPlan.Rlimit(in.readInt(), in.readLong(), in.readLong()));
        }
        return new ContainerFile(range, new ProcessPlan(arguments, environment, directory,
                new ProcessPlan.User(uid, gid, groups), umask, sets, noNewPrivileges, seccomp, limits, in.readInt()));
    }

    private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = count(in); left > 0; left--) {
            texts.add(new String(readBytes(in), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[count(in)];
        in.readFully(bytes);
        return bytes;
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > LONGEST || count > in.available()) {
            throw new IOException("a length of " + count);
        }
        return count;
    }
}
