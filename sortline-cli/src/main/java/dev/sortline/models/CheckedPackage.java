// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.signatures.BadSignatureException;
import dev.sortline.signatures.SignedStatement;
import dev.sortline.signatures.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A model package that may be opened: it is whole, and somebody who is trusted has signed it, as far as that is asked for.
 *
 * @param model the package
 * @param digest of {@linkplain PackageFiles all its files that have a say}
 */
public record CheckedPackage(ModelPackage model, String digest) {
    /**
     * Reads a package.
     *
     * @param folder its folder, or a link to it
     * @throws ModelPackageException says which file is wrong and what to do
     */
    public static CheckedPackage read(Path folder, TrustedKeys trusted) {
        try {
            // Its real path, for a link may be pointed elsewhere while it is opened.
            Path real = folder.toFile().isDirectory() ? folder.toRealPath() : folder;
            ModelPackage model = ModelPackage.load(real);
            String digest = PackageFiles.digestOf(real);
            trusted.check("model package " + folder, SignedStatement.ofModel(digest), signatureOf(real));
            return new CheckedPackage(model, digest);
        } catch (BadSignatureException e) {
            throw new ModelPackageException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new ModelPackageException("cannot read the model package " + folder + ": " + e.getMessage(), e);
        }
    }

    /** What a signature of this package says. */
    public SignedStatement statement() {
        return SignedStatement.ofModel(digest);
    }

    /** Where the signature of a package is. */
    public static Path signatureOf(Path folder) {
        return folder.resolve(PackageFiles.SIGNATURE);
    }

    /**
     * Checks that the files are still those that were read.
     *
     * @throws ModelPackageException when they are not
     */
    void requireUnchanged() {
        try {
            if (!PackageFiles.digestOf(model.folder()).equals(digest)) {
                throw new ModelPackageException(
                        model.folder() + " was changed while it was opened: it is looked at again");
            }
        } catch (IOException e) {
            throw new ModelPackageException(
                    "cannot read the model package " + model.folder() + ": " + e.getMessage(), e);
        }
    }
}
